package dev.jarway.loader.jar;

import org.jspecify.annotations.Nullable;

/** A JAR was not loaded. The message names it, says what was found and what was expected. */
public final class PluginRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String jar;
    private final Reason reason;

    public PluginRefusedException(String jar, Reason reason, String found, String expected) {
        this(jar, reason, found, expected, null);
    }

    /** @param cause an exception of the host; one that a plugin threw would hold its class loader */
    public PluginRefusedException(String jar, Reason reason, String found, String expected, @Nullable Throwable cause) {
        super(jar + ": " + found + " (expected: " + expected + ")", cause);
        this.jar = jar;
        this.reason = reason;
    }

    /** The JAR's file name. */
    public String jar() {
        return jar;
    }

    /** Why, in one word. */
    public Reason reason() {
        return reason;
    }

    /** Why a JAR is refused. */
    public enum Reason {
        /** The file is not there or cannot be read. */
        UNREADABLE,
        /** The private directory took no copy; it may be full. The JAR may be as good as any. */
        NOT_COPIED,
        /** The file is not a ZIP archive, or is cut short or damaged. */
        NOT_A_JAR,
        /** The file, or what it unpacks to, is too large. */
        TOO_LARGE,
        /** There are too many entries. */
        TOO_MANY_ENTRIES,
        /** An entry unpacks to many times its packed size. */
        ZIP_BOMB,
        /** An entry's name points out of the archive. */
        ZIP_SLIP,
        /** There is no manifest, or it cannot be parsed. */
        NO_MANIFEST,
        /** An attribute of the manifest is missing or malformed. */
        INVALID_ATTRIBUTE,
        /** The plugin asks for another version of the contract. */
        CONTRACT_UNSATISFIED,
        /** The JAR brings its own copy of the contract. */
        BUNDLES_CONTRACT,
        /** Classes are compiled for a newer Java than this one. */
        JAVA_TOO_OLD,
        /** No factory is named. */
        NO_FACTORY,
        /** More than one factory is named. */
        SEVERAL_FACTORIES,
        /** The named factory is not in the JAR. */
        FACTORY_NOT_FOUND,
        /** The named class cannot be a factory. */
        NOT_A_FACTORY,
        /** The factory's constructor or {@code configType()} threw or did not end. */
        FACTORY_FAILED,
        /** A plugin that this one depends on is not loaded in a fitting version. */
        MISSING_DEPENDENCY,
        /** A class of the plugin cannot be linked: it is broken, or needs a class that is not there. */
        LINKAGE
    }
}
