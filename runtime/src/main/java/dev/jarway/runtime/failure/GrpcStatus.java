package dev.jarway.runtime.failure;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A failure as clients of gRPC are told it, who look neither at HTTP's status nor at a body: a code and a message.
 *
 * @param code by gRPC's own numbers
 * @param message percent-encoded, as {@code grpc-message} wants it
 */
public record GrpcStatus(int code, String message) {
    private static final int UNKNOWN = 2;
    private static final int PERMISSION_DENIED = 7;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Whether somebody who sends this speaks gRPC, in one of its forms. */
    public static boolean isSpokenBy(String contentType) {
        return contentType.regionMatches(true, 0, "application/grpc", 0, "application/grpc".length());
    }

    /** That of a failure of the exchange with that id, without internals. */
    public static GrpcStatus of(GatewayFailure failure, String exchangeId) {
        String told = failure.told().map(detail -> ": " + detail).orElse("");
        String message = failure.code().title() + told + " (" + failure.code() + ", exchange " + exchangeId + ")";
        return new GrpcStatus(code(failure.code().status()), encode(message));
    }

    /** As gRPC's own document "HTTP to gRPC Status Code Mapping" has it. */
    private static int code(int httpStatus) {
        return switch (httpStatus) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
