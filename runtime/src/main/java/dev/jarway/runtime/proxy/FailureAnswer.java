package dev.jarway.runtime.proxy;

import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.failure.ProblemDocument;
import dev.jarway.runtime.filter.Interposed;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the failures of one exchange are answered, and what the last of them was. */
final class FailureAnswer {
    private static final Logger log = LoggerFactory.getLogger(FailureAnswer.class);

    private final String exchangeId;
    private @Nullable GatewayFailure last;
    private @Nullable Set<String> allowed;

    FailureAnswer(String exchangeId) {
        this.exchangeId = exchangeId;
    }

    /** The methods that the answer to a refused one names (RFC 9110 section 15.5.6). */
    void allow(Set<String> methods) {
        allowed = methods;
    }

    Optional<GatewayFailure> last() {
        return Optional.ofNullable(last);
    }

    /** A problem document, or what a filter has answered in the middle of a body. */
    Answer answer(Throwable cause) {
        if (cause instanceof Interposed interposed) {
            return Answer.of(interposed.response());
        }
        GatewayFailure failure = GatewayFailure.from(cause);
        note(failure);
        byte[] document = ProblemDocument.of(failure, exchangeId);
        LocalResponse response =
                LocalResponse.of(failure.code().status(), ProblemDocument.CONTENT_TYPE, Bytes.of(document));
        return Answer.of(allowed == null ? response : response.withHeader("allow", String.join(", ", allowed)));
    }

    /** Remembers a failure that can no longer be answered. */
    void note(GatewayFailure failure) {
        last = failure;
        if (failure.code() == FailureCode.INTERNAL) {
            log.error("exchange {}: {}", exchangeId, failure.code(), failure.getCause());
        } else {
            log.debug("exchange {}: {}: {}", exchangeId, failure.code(), failure.detail(), failure.getCause());
        }
    }
}
