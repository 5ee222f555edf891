package dev.jarway.runtime.watch;

/**
 * What was found in a file.
 *
 * @param content equal for equal content
 * @param verdict what to make of it
 */
record Reading<C>(C content, Verdict verdict) {

    /** How far a reading is to be trusted. */
    enum Verdict {
        /** It looks as if nothing were missing. */
        WHOLE,
        /** It looks as if more were to come. */
        PARTIAL,
        /** It could not be read this time. */
        FAILED
    }
}
