package dev.jarway.runtime.overload;

/** The right of a request to be under way, which it gives back exactly once. */
public interface Pass {
    /** Where nothing is limited. */
    Pass FREE = new Pass() {
        @Override
        public void answered(boolean well) {}

        @Override
        public void giveBack() {}
    };

    /** Its answer has come from the service, or a failure in its place. By this an adaptive limit finds what is bearable. */
    void answered(boolean well);

    /** Gives it back: the request is over. */
    void giveBack();
}
