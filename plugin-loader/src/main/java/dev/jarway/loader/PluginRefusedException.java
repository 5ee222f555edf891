package dev.jarway.loader;

/** Why a file is not taken as a plugin. The message names the file, what was found in it, and what was expected. */
public final class PluginRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String file;
    private final Reason reason;

    /** In which way a file is unfit. */
    public enum Reason {
        UNREADABLE,
        NOT_AN_ARCHIVE,
        TOO_LARGE,
        TOO_MANY_ENTRIES,
        SUSPICIOUS_RATIO,
        UNSAFE_NAME,
        MANIFEST_INVALID,
        CONTRACT_MISMATCH,
        BUNDLES_CONTRACT,
        MISSING_DEPENDENCY,
        NO_FACTORY,
        SEVERAL_FACTORIES,
        NOT_A_FACTORY,
        FACTORY_FAILED
    }

    PluginRefusedException(String file, Reason reason, String detail) {
        super(file + ": " + detail);
        this.file = file;
        this.reason = reason;
    }

    PluginRefusedException(String file, Reason reason, String detail, Throwable cause) {
        super(file + ": " + detail, cause);
        this.file = file;
        this.reason = reason;
    }

    /** The name of the file. */
    public String file() {
        return file;
    }

    /** In which way it is unfit. */
    public Reason reason() {
        return reason;
    }
}
