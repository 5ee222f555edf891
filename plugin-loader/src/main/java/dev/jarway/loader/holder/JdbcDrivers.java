package dev.jarway.loader.holder;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Drivers that a plugin has registered at {@link java.sql.DriverManager}. */
final class JdbcDrivers implements Place {

    @Override
    public String kind() {
        return "jdbc-driver";
    }

    @Override
    public List<String> clean(Suspect suspect) throws Exception {
        if (!suspect.knows("java.sql.Driver") && !suspect.knows("java.sql.DriverManager")) {
            return List.of();
        }
        var constructor =
                suspect.adopt(DriverSweep.class.getName(), classFile()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return ((Callable<?>) constructor.newInstance()).call() instanceof List<?> removed
                ? removed.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static byte[] classFile() throws Exception {
        try (var in = DriverSweep.class.getResourceAsStream("DriverSweep.class")) {
            return Objects.requireNonNull(in, "DriverSweep.class").readAllBytes();
        }
    }
}
