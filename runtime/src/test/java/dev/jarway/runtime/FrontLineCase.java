package dev.jarway.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One case of the front-line corpus: what a client sends, byte for byte, and what has to come of it.
 *
 * <p>In the files, {@code \r}, {@code \n}, {@code \t}, {@code \s} (a blank), {@code \xHH} and {@code \\} are octets, and
 * <code>{text*n}</code> is the text n times. Each line ends with CR LF, unless it ends with <code>\c</code>.
 *
 * @param name of the file and of the case in it
 * @param input what is sent
 * @param expected what stands behind the arrow
 */
record FrontLineCase(String name, String input, String expected) {
    private static final Path FOLDER = Path.of("src", "test", "resources", "frontline");
    private static final Pattern REPEAT = Pattern.compile("\\{([^{}*]+)\\*(\\d+)}");

    /** Those of a table: a line each, {@code name | input => expected}. */
    static List<FrontLineCase> table(String file) {
        List<FrontLineCase> cases = new ArrayList<>();
        for (String line : lines(file + ".txt")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int bar = line.indexOf(" | ");
                int arrow = line.lastIndexOf(" => ");
                String input = line.substring(bar + 3, arrow);
                cases.add(new FrontLineCase(
                        file + "/" + line.substring(0, bar).strip(),
                        input.strip(),
                        line.substring(arrow + 4).strip()));
            }
        }
        return cases;
    }

    /** Those of a file of blocks: {@code ### name}, what is sent, {@code => expected}. */
    static List<FrontLineCase> blocks(String file) {
        Map<String, FrontLineCase> cases = new LinkedHashMap<>();
        String name = "";
        List<String> sent = new ArrayList<>();
        for (String line : lines(file + ".txt")) {
            if (line.startsWith("### ")) {
                name = file + "/" + line.substring(4).strip();
                sent.clear();
            } else if (line.startsWith("=> ")) {
                cases.put(
                        name,
                        new FrontLineCase(
                                name, String.join("\n", sent), line.substring(3).strip()));
            } else if (!line.startsWith("//")) {
                sent.add(line);
            }
        }
        return List.copyOf(cases.values());
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The input as octets, its lines ended by CR LF. */
    byte[] octets() {
        StringBuilder text = new StringBuilder();
        for (String line : input.split("\n", -1)) {
            if (line.endsWith("\\c")) {
                text.append(line, 0, line.length() - 2);
            } else {
                text.append(line).append("\\r\\n");
            }
        }
        return octets(text.toString());
    }

    /** A text of the files as octets. */
    static byte[] octets(String text) {
        Matcher repeat = REPEAT.matcher(text);
        String whole = repeat.replaceAll(
                found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (c != '\\') {
                octets.write(c);
                continue;
            }
            char kind = whole.charAt(++i);
            switch (kind) {
                case 'r' -> octets.write('\r');
                case 'n' -> octets.write('\n');
                case 't' -> octets.write('\t');
                case 's' -> octets.write(' ');
                case '\\' -> octets.write('\\');
                case 'x' -> {
                    octets.write(Integer.parseInt(whole.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("\\" + kind + " in " + text);
            }
        }
        return octets.toByteArray();
    }

    static String text(String text) {
        return new String(octets(text), StandardCharsets.ISO_8859_1);
    }
}
