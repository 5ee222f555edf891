package dev.jarway.runtime.failure;

import dev.jarway.plugin.PluginIdentity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failure of one exchange. It has no stack trace: where it arose says its code, and it may arise often. */
public final class GatewayFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final FailureCode code;
    private final transient @Nullable PluginIdentity plugin;

    private GatewayFailure(
            FailureCode code, String detail, @Nullable PluginIdentity plugin, @Nullable Throwable cause) {
        super(detail, cause, false, false);
        this.code = code;
        this.plugin = plugin;
    }

    /** A failure with a detail that a client may read, unless its code is {@linkplain FailureCode#isReticent reticent}. */
    public static GatewayFailure of(FailureCode code, String detail) {
        return new GatewayFailure(code, detail, null, null);
    }

    /** The same with a cause that only the log shows. */
    public static GatewayFailure of(FailureCode code, String detail, Throwable cause) {
        return new GatewayFailure(code, detail, null, cause);
    }

    /** The failure of a plugin; the client is told which. */
    public static GatewayFailure ofPlugin(FailureCode code, PluginIdentity plugin, String detail, Throwable cause) {
        return new GatewayFailure(code, detail, plugin, cause);
    }

    /** Takes a failure as it is, and anything else as a failure of the gateway's own. */
    public static GatewayFailure from(Throwable failure) {
        return from(failure, FailureCode.INTERNAL, "see the gateway's log");
    }

    /** Takes a failure as it is, and anything else as one of that code, with a detail that a client may read. */
    public static GatewayFailure from(Throwable failure, FailureCode code, String detail) {
        return failure instanceof GatewayFailure known ? known : of(code, detail, failure);
    }

    /** What went wrong. */
    public FailureCode code() {
        return code;
    }

    /** What went wrong this time, for the access log. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What went wrong this time, for the client's eyes. */
    public Optional<String> told() {
        return code.isReticent() ? Optional.empty() : Optional.of(detail());
    }

    /** The plugin that failed, if one did. */
    public Optional<PluginIdentity> plugin() {
        return Optional.ofNullable(plugin);
    }
}
