package dev.jarway.soak.measure;

/** Something that is swapped, and that every response tells the number of. */
public enum Mark {
    /** The code of the plugin that is sent to the admin endpoint. */
    UPLOADED("x-uploaded"),
    /** The code of the plugin that is put into the drop folder. */
    DROPPED("x-dropped"),
    /** The configuration. */
    CONFIG("x-config");

    private final String header;

    Mark(String header) {
        this.header = header;
    }

    /** The response header that has the number. */
    public String header() {
        return header;
    }
}
