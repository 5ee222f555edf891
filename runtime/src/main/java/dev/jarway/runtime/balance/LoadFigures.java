package dev.jarway.runtime.balance;

/**
 * What all event loops have to do with one endpoint.
 *
 * @param underWay requests that have not ended
 * @param requests since the endpoint is known
 * @param failures how many of these failed
 */
public record LoadFigures(int underWay, long requests, long failures) {
    static final LoadFigures NONE = new LoadFigures(0, 0, 0);

    LoadFigures plus(LoopLoad load) {
        return new LoadFigures(underWay + load.underWay(), requests + load.requests(), failures + load.failures());
    }
}
