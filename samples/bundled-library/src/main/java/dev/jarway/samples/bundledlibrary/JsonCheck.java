package dev.jarway.samples.bundledlibrary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jarway.plugin.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The check that a body is one JSON value. Safe from any thread. */
final class JsonCheck {
    // By default, Jackson keeps buffers in ThreadLocals. The gateway's threads outlive the plugin and would hold it.
    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Where the body stops being JSON; empty if it is JSON to its end. */
    Optional<String> problem(Bytes body) {
        try {
            return mapper.readTree(body.toArray()).isMissingNode() ? Optional.of("no JSON: empty") : Optional.empty();
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return Optional.of("no JSON: line " + at.getLineNr() + ", column " + at.getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
