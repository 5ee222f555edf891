package dev.jarway.runtime.history;

/**
 * Where a revision came from.
 *
 * @param author who made it
 * @param source by which way: a file, a resource of the admin endpoint
 * @param reason why, in the author's words; empty if none was given
 */
public record Origin(Author author, String source, String reason) {

    /** Who makes revisions. */
    public enum Author {
        /** Whoever has the admin endpoint's token. */
        ADMIN,
        /** Whoever has edited the configuration's file. */
        FILE,
        /** Whoever has changed the drop folder. */
        FOLDER,
        /** The gateway at its start, when file and folder are not as it left them. */
        START
    }

    /** Through a resource of the admin endpoint. */
    public static Origin admin(String resource, String reason) {
        return new Origin(Author.ADMIN, resource, reason);
    }

    /** By an edit of the configuration's file. */
    public static Origin file(String name) {
        return new Origin(Author.FILE, name, "");
    }

    /** By a file of the drop folder. */
    public static Origin folder(String name) {
        return new Origin(Author.FOLDER, name, "");
    }

    /** At the start. */
    public static Origin start(String reason) {
        return new Origin(Author.START, "start", reason);
    }
}
