package dev.jarway.runtime.routing;

/** What a route asks of one header or one parameter of the query: that one of its values passes the test. */
record Condition(ValueSource source, ValueTest test) {

    boolean holds(RequestTarget request) {
        var values = source.values(request);
        for (int i = 0; i < values.size(); i++) {
            if (test.passes(values.get(i))) {
                return true;
            }
        }
        return false;
    }
}
