package dev.jarway.conformance;

/**
 * What a suite says of one of its cases.
 *
 * @param group the part of the suite that it belongs to
 * @param name what the suite calls it
 * @param verdict in the suite's own word
 */
record CaseResult(String group, String name, String verdict) {

    @Override
    public String toString() {
        return group + " " + name + ": " + verdict;
    }
}
