package dev.jarway.loader.leak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * JDBC drivers that a plugin has registered. {@code DriverManager} shows and gives back a driver only to callers whose loader
 * sees the driver's class, so {@link DriverSweep} is made a class of the plugin's own loader for that.
 */
final class JdbcDrivers implements Holder {

    @Override
    public List<String> clean(ClassLoader loader) {
        if (!(loader instanceof AdoptingLoader adopting)) {
            return List.of();
        }
        try {
            return sweep(adopting);
        } catch (Exception e) {
            throw new IllegalStateException("drivers of " + loader, e);
        }
    }

    @SuppressWarnings("unchecked") // DriverSweep is a Callable of just that; its own class is another one over there.
    private static List<String> sweep(AdoptingLoader loader) throws Exception {
        Object sweep = loader.adopt(DriverSweep.class.getName(), classFile())
                .getDeclaredConstructor()
                .newInstance();
        return ((Callable<List<String>>) sweep).call();
    }

    private static byte[] classFile() {
        try (InputStream in = DriverSweep.class.getResourceAsStream("DriverSweep.class")) {
            if (in == null) {
                throw new IllegalStateException("DriverSweep.class is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> find(ClassLoader loader) {
        return List.of(); // The host is shown none of them; what there was has been cleaned.
    }
}
