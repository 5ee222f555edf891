package dev.jarway.runtime.proxy;

import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.failure.GrpcStatus;
import dev.jarway.runtime.failure.ProblemDocument;
import dev.jarway.runtime.filter.Interposed;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the failures of one exchange are answered, and what the last of them was. */
final class FailureAnswer {
    private static final Logger log = LoggerFactory.getLogger(FailureAnswer.class);

    private final String exchangeId;
    private final boolean grpc;
    private @Nullable GatewayFailure last;
    private @Nullable Set<String> allowed;
    private Duration retryAfter = Duration.ofSeconds(1);

    /** For an exchange that may be one of gRPC: such a client is answered in its own way. */
    FailureAnswer(String exchangeId, @Nullable String contentType) {
        this.exchangeId = exchangeId;
        this.grpc = contentType != null && GrpcStatus.isSpokenBy(contentType);
    }

    /** The methods that the answer to a refused one names (RFC 9110 section 15.5.6). */
    void allow(Set<String> methods) {
        allowed = methods;
    }

    /** When a client that is one too many is told to come back (RFC 9110 section 10.2.3). */
    void retryAfter(Duration span) {
        retryAfter = span;
    }

    Optional<GatewayFailure> last() {
        return Optional.ofNullable(last);
    }

    /** A problem document, a status of gRPC, or what a filter has answered in the middle of a body. */
    Answer answer(Throwable cause) {
        if (cause instanceof Interposed interposed) {
            return Answer.of(interposed.response());
        }
        GatewayFailure failure = GatewayFailure.from(cause);
        note(failure);
        if (grpc) {
            return Answer.of(grpcAnswer(GrpcStatus.of(failure, exchangeId)));
        }
        byte[] document = ProblemDocument.of(failure, exchangeId);
        LocalResponse response =
                LocalResponse.of(failure.code().status(), ProblemDocument.CONTENT_TYPE, Bytes.of(document));
        if (allowed != null) {
            response = response.withHeader("allow", String.join(", ", allowed));
        }
        if (failure.code() == FailureCode.OVERLOADED || failure.code() == FailureCode.SERVICE_BUSY) {
            long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
            response = response.withHeader("retry-after", Long.toString(seconds));
        }
        return Answer.of(response);
    }

    /** What would be a call's trailers stands in the header, since nothing comes before them. */
    private static LocalResponse grpcAnswer(GrpcStatus status) {
        return LocalResponse.of(200)
                .withHeader("content-type", "application/grpc")
                .withHeader("grpc-status", Integer.toString(status.code()))
                .withHeader("grpc-message", status.message());
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
