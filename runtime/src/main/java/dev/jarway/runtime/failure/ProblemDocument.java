package dev.jarway.runtime.failure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The answer to a client whose exchange failed: problem details in JSON (RFC 9457), without internals. */
public final class ProblemDocument {
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProblemDocument() {}

    /** The document for a failure of the exchange with that id. */
    public static byte[] of(GatewayFailure failure, String exchangeId) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("type", "about:blank");
        document.put("title", failure.code().title());
        document.put("status", failure.code().status());
        failure.told().ifPresent(detail -> document.put("detail", detail));
        document.put("code", failure.code().name());
        failure.plugin().ifPresent(plugin -> document.put("plugin", plugin.toString()));
        document.put("exchange", exchangeId);
        try {
            return JSON.writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
