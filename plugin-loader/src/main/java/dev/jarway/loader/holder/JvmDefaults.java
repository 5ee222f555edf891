package dev.jarway.loader.holder;

import java.io.InputStream;
import java.io.PrintStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Settings of which the JVM has one each, such as the default uncaught exception handler. One that is a plugin's is put back to
 * what it was when this was made, or else to the JDK's own.
 */
final class JvmDefaults implements Place {
    private final List<Setting> settings;

    JvmDefaults() {
        var handler = Thread.getDefaultUncaughtExceptionHandler();
        var proxies = ProxySelector.getDefault();
        var cookies = CookieHandler.getDefault();
        var responses = ResponseCache.getDefault();
        var authenticator = Authenticator.getDefault();
        PrintStream out = System.out;
        PrintStream err = System.err;
        InputStream in = System.in;
        settings = List.of(
                new Setting(
                        "default uncaught exception handler",
                        Thread::getDefaultUncaughtExceptionHandler,
                        () -> Thread.setDefaultUncaughtExceptionHandler(handler)),
                new Setting("ProxySelector", ProxySelector::getDefault, () -> ProxySelector.setDefault(proxies)),
                new Setting("CookieHandler", CookieHandler::getDefault, () -> CookieHandler.setDefault(cookies)),
                new Setting("ResponseCache", ResponseCache::getDefault, () -> ResponseCache.setDefault(responses)),
                new Setting("Authenticator", Authenticator::getDefault, () -> Authenticator.setDefault(authenticator)),
                new Setting("TimeZone", TimeZone::getDefault, () -> TimeZone.setDefault(null)),
                new Setting("System.out", () -> System.out, () -> System.setOut(out)),
                new Setting("System.err", () -> System.err, () -> System.setErr(err)),
                new Setting("System.in", () -> System.in, () -> System.setIn(in)));
    }

    @Override
    public String kind() {
        return "jvm-default";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        var reset = new ArrayList<String>();
        settings.forEach(setting -> setting.reset(suspect, reset));
        // Asking for these makes the JDK's own TLS come to life, so they are asked for only if the plugin may have set
        // them.
        if (suspect.knows("javax.net.ssl.HttpsURLConnection")) {
            ofTls().forEach(setting -> setting.reset(suspect, reset));
        }
        return reset;
    }

    private static List<Setting> ofTls() {
        return List.of(
                new Setting(
                        "HostnameVerifier",
                        HttpsURLConnection::getDefaultHostnameVerifier,
                        // As the JDK's own does: it is asked only about names that have been found not to fit.
                        () -> HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> false)),
                new Setting(
                        "SSLSocketFactory",
                        HttpsURLConnection::getDefaultSSLSocketFactory,
                        () -> HttpsURLConnection.setDefaultSSLSocketFactory(
                                (SSLSocketFactory) SSLSocketFactory.getDefault())));
    }

    /** One of them. */
    private record Setting(String name, Supplier<@Nullable Object> value, Runnable restore) {

        void reset(Suspect suspect, List<String> reset) {
            Object found = value.get();
            if (found != null && suspect.owns(found)) {
                restore.run();
                reset.add(name + ": " + found.getClass().getName());
            }
        }
    }
}
