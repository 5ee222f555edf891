package dev.jarway.runtime.overload;

/** Means that are as the test has them. */
public final class FakeMeans implements Means {
    private volatile int heap;
    private volatile int descriptors;

    @Override
    public int heap() {
        return heap;
    }

    @Override
    public int descriptors() {
        return descriptors;
    }

    void heap(int percent) {
        heap = percent;
    }

    void descriptors(int percent) {
        descriptors = percent;
    }
}
