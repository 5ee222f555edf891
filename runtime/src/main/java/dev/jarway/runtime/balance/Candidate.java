package dev.jarway.runtime.balance;

/**
 * An endpoint that requests may go to.
 *
 * @param member the endpoint
 * @param weight its share, in hundredths of its weight, as far as it has come in its slow start
 */
record Candidate(Member member, long weight) {

    static Candidate of(Member member, double share) {
        return new Candidate(member, Math.max(1, Math.round(member.weight() * 100 * share)));
    }
}
