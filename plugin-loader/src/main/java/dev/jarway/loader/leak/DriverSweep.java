package dev.jarway.loader.leak;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** Deregisters the JDBC drivers that its own class loader has brought. Runs as a class of a plugin's loader, so it uses the JDK alone. */
public final class DriverSweep implements Callable<List<String>> {

    @Override
    public List<String> call() throws SQLException {
        ClassLoader own = DriverSweep.class.getClassLoader();
        List<String> cleaned = new ArrayList<>();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == own) {
                DriverManager.deregisterDriver(driver);
                cleaned.add("JDBC driver " + driver.getClass().getName() + " was deregistered");
            }
        }
        return cleaned;
    }
}
