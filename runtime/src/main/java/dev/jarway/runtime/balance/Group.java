package dev.jarway.runtime.balance;

import java.util.List;

/**
 * The endpoints of one priority that requests may go to now. Immutable.
 *
 * @param priority lower is used first
 * @param share of the service's requests, from 0 to 1
 * @param candidates at least one
 * @param places of callers among the candidates; none if callers have no endpoints of their own
 */
record Group(int priority, double share, List<Candidate> candidates, CallerPlaces places) {}
