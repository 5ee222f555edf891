package dev.jarway.runtime.cli;

import java.io.PrintWriter;

/** Where the program's own words go. */
record Terminal(PrintWriter out, PrintWriter err) {

    /** That of the process. */
    static Terminal own() {
        return new Terminal(
                new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()));
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Says why it is over, and gives the code to exit with. */
    int fail(int code, String line) {
        err.println("jarway: " + line);
        err.flush();
        return code;
    }
}
