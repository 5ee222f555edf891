package dev.jarway.runtime.admission;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one message of HTTP/1 says. Read by the letter, by a reader that knows of no leniency, or taken from the objects of a
 * parser: where these two differ, a message has two meanings.
 */
record PlainMessage(String firstLine, List<String> fields, String body, List<String> trailers) {
    private static final String LINE = "\r\n";

    /** How a body ends. */
    private enum End {
        NONE,
        LENGTH,
        CHUNKS,
        CONNECTION
    }

    /** Reads octets that are to be one request, with an empty line before it perhaps. */
    static PlainMessage request(String octets) {
        String whole = octets.startsWith(LINE) ? octets.substring(2) : octets;
        return read(whole, End.NONE);
    }

    /** Reads octets that are to be one response. */
    static PlainMessage response(String octets, boolean toHead) {
        int status = Integer.parseInt(octets.substring(9, 12));
        if (toHead || status < 200 || status == 204 || status == 304) {
            int headEnd = octets.indexOf(LINE + LINE) + 4;
            return new PlainMessage(octets.substring(0, 12), fields(octets), octets.substring(headEnd), List.of())
                    .without("transfer-encoding"); // The parser takes it off where there is no body.
        }
        PlainMessage read = read(octets, End.CONNECTION);
        return new PlainMessage(octets.substring(0, 12), read.fields, read.body, read.trailers);
    }

    /** The same without the fields of that name. */
    PlainMessage without(String name) {
        List<String> others =
                fields.stream().filter(field -> !field.startsWith(name + ":")).toList();
        return new PlainMessage(firstLine, others, body, trailers);
    }

    private static PlainMessage read(String whole, End unsaid) {
        List<String> fields = fields(whole);
        String rest = whole.substring(whole.indexOf(LINE + LINE) + 4);
        return switch (end(fields, unsaid)) {
            case NONE, CONNECTION, LENGTH -> new PlainMessage(firstLine(whole), fields, rest, List.of());
            case CHUNKS -> chunks(firstLine(whole), fields, rest);
        };
    }

    private static End end(List<String> fields, End unsaid) {
        List<String> said = fields.stream()
                .filter(field -> field.startsWith("content-length:") || field.startsWith("transfer-encoding:"))
                .toList();
        if (said.size() > 1) {
            throw new AssertionError("two ways to say how long it is: " + said);
        }
        if (said.isEmpty()) {
            return unsaid;
        }
        return said.getFirst().startsWith("content") ? End.LENGTH : End.CHUNKS;
    }

    private static String firstLine(String whole) {
        return whole.substring(0, whole.indexOf(LINE)).strip();
    }

    private static List<String> fields(String whole) {
        String head = whole.substring(whole.indexOf(LINE), whole.indexOf(LINE + LINE));
        return head.isEmpty() ? List.of() : lines(head.substring(2));
    }

    private static List<String> lines(String block) {
        List<String> fields = new ArrayList<>();
        for (String line : block.split(LINE, -1)) {
            int colon = line.indexOf(':');
            if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f) || colon < 1 || line.charAt(0) <= ' ') {
                throw new AssertionError("a line that others may read otherwise: " + line);
            }
            fields.add(field(line.substring(0, colon), line.substring(colon + 1)));
        }
        return fields;
    }

    private static PlainMessage chunks(String firstLine, List<String> fields, String octets) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int end = octets.indexOf(LINE, at);
            int size = Integer.parseInt(octets.substring(at, end).split(";", 2)[0], 16);
            at = end + 2;
            if (size == 0) {
                break;
            }
            body.append(octets, at, at + size);
            at += size + 2;
        }
        String rest = octets.substring(at);
        List<String> trailers =
                rest.equals(LINE) ? List.of() : lines(rest.substring(0, rest.length() - 2 * LINE.length()));
        return new PlainMessage(firstLine, fields, body.toString(), trailers);
    }

    private static String field(String name, String value) {
        return name.toLowerCase(Locale.ROOT) + ":" + value.strip();
    }

    /** What a parser has made of one message, part by part. */
    static final class Parts {
        private final StringBuilder firstLine = new StringBuilder();
        private final List<String> fields = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private final List<String> trailers = new ArrayList<>();

        /** Takes the next part. */
        void add(Object part) {
            if (part instanceof HttpMessage message) {
                firstLine.append(line(message));
                message.headers().forEach(field -> fields.add(text(field)));
            }
            if (part instanceof HttpContent content) {
                body.append(content.content().toString(StandardCharsets.ISO_8859_1));
            }
            if (part instanceof LastHttpContent last) {
                last.trailingHeaders().forEach(field -> trailers.add(text(field)));
            }
        }

        PlainMessage whole() {
            return new PlainMessage(firstLine.toString(), List.copyOf(fields), body.toString(), List.copyOf(trailers));
        }

        private static String line(HttpMessage message) {
            String version = message.protocolVersion().text();
            return switch (message) {
                case HttpRequest request -> request.method().name() + " " + request.uri() + " " + version;
                case HttpResponse response -> version + " " + response.status().codeAsText(); // A reason says nothing.
                default -> throw new AssertionError(message);
            };
        }

        private static String text(Map.Entry<String, String> field) {
            return field(field.getKey(), field.getValue());
        }
    }
}
