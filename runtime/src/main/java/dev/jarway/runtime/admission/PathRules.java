package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.config.PathsConfig.DotSegments;
import dev.jarway.runtime.config.PathsConfig.EmptySegments;
import dev.jarway.runtime.config.PathsConfig.EncodedBackslash;
import dev.jarway.runtime.config.PathsConfig.EncodedSlash;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a path that two servers might read differently: it is refused, or brought into a form that all read alike. By
 * that form a request is routed, and in that form it is sent, so no service sees another path than its route was chosen by.
 *
 * <p>Never let in, as nothing good is known of them: a percent sign without two digits; control characters in
 * percent-encoding, NUL among them; encodings of slash, dot and others in more bytes than UTF-8 has for them; a dot segment with
 * parameters ({@code ..;a=b}), which some servers cut off first.
 */
final class PathRules {
    private final PathsConfig config;

    PathRules(PathsConfig config) {
        this.config = config;
    }

    /**
     * The target, as it is to be routed and sent.
     *
     * @param target begins with a slash; of characters that {@link Octets#isInTarget} knows
     * @throws IllegalArgumentException saying why it is refused
     */
    String apply(String target) {
        int question = target.indexOf('?');
        int end = question < 0 ? target.length() : question;
        if (isPlain(target, end)) {
            return target;
        }
        String path = checkedEscapes(target.substring(0, end));
        String formed = segments(path);
        return question < 0 ? formed : formed + target.substring(question);
    }

    /** The common case: nothing in the path to think about. */
    private static boolean isPlain(String target, int end) {
        char before = 0;
        for (int i = 0; i < end; i++) {
            char c = target.charAt(i);
            if (c == '%' || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private String checkedEscapes(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        int before = -1;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                decoded.append(c);
                before = -1;
                continue;
            }
            int octet = octet(path, i);
            checkOctet(before, octet);
            before = octet;
            if (octet == '/' && config.encodedSlash() == EncodedSlash.DECODE) {
                decoded.append('/');
            } else {
                decoded.append(path, i, i + 3);
            }
            i += 2;
        }
        return decoded.toString();
    }

    private static int octet(String path, int percent) {
        int high = percent + 2 < path.length() ? Octets.hex(path.charAt(percent + 1)) : -1;
        int low = high < 0 ? -1 : Octets.hex(path.charAt(percent + 2));
        if (low < 0) {
            throw refused("'%' without two hexadecimal digits");
        }
        return high * 16 + low;
    }

    private void checkOctet(int before, int octet) {
        boolean overlong = octet == 0xc0
                || octet == 0xc1
                || (before == 0xe0 && octet >= 0x80 && octet < 0xa0)
                || (before == 0xf0 && octet >= 0x80 && octet < 0x90)
                // Five bytes and six, as the first edition of UTF-8 had them (RFC 2279).
                || (before == 0xf8 && octet >= 0x80 && octet < 0x88)
                || (before == 0xfc && octet >= 0x80 && octet < 0x84);
        if (overlong) {
            throw refused("a character in more bytes than UTF-8 has for it");
        }
        if (octet < ' ' || octet == 0x7f) {
            throw refused("a control character in percent-encoding");
        }
        if (octet == '/' && config.encodedSlash() == EncodedSlash.REJECT) {
            throw refused("an encoded slash (see paths.encodedSlash)");
        }
        if (octet == '\\' && config.encodedBackslash() == EncodedBackslash.REJECT) {
            throw refused("an encoded backslash (see paths.encodedBackslash)");
        }
    }

    /** Goes through the segments; the path begins with a slash. */
    private String segments(String path) {
        List<String> segments = new ArrayList<>();
        boolean changed = false;
        boolean directory = false;
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String segment = path.substring(from, to);
            int dots = dots(segment);
            directory = dots > 0;
            if (dots > 0) {
                up(segments, dots);
                changed = true;
            } else if (segment.isEmpty() && slash >= 0 && config.emptySegments() != EmptySegments.KEEP) {
                if (config.emptySegments() == EmptySegments.REJECT) {
                    throw refused("two slashes in a row (see paths.emptySegments)");
                }
                changed = true;
            } else {
                segments.add(segment);
            }
            from = to + 1;
        }
        if (directory) {
            segments.add("");
        }
        return changed ? "/" + String.join("/", segments) : path;
    }

    private void up(List<String> segments, int dots) {
        if (config.dotSegments() == DotSegments.REJECT) {
            throw refused("a dot segment (see paths.dotSegments)");
        }
        if (dots == 2) {
            if (segments.isEmpty()) {
                throw refused("a dot segment that leads above the root");
            }
            segments.removeLast();
        }
    }

    /** Of how many dots a segment consists, encoded or not; 0 if it is another. */
    private static int dots(String segment) {
        int dots = 0;
        int i = 0;
        while (i < segment.length()) {
            if (segment.charAt(i) == '.') {
                i++;
            } else if (segment.regionMatches(true, i, "%2e", 0, 3)) {
                i += 3;
            } else {
                break;
            }
            dots++;
        }
        if (dots == 0 || dots > 2) {
            return 0;
        }
        boolean parameters =
                i < segment.length() && (segment.charAt(i) == ';' || segment.regionMatches(true, i, "%3b", 0, 3));
        if (parameters) {
            throw refused("a dot segment with parameters");
        }
        return i == segment.length() ? dots : 0;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("path: " + why);
    }
}
