package dev.jarway.loader.holder;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The removal of a plugin's JDBC drivers. {@link DriverManager} shows drivers only to callers that could load them, so this
 * class is defined once more in the plugin's class loader and runs there. It may use the JDK alone.
 */
final class DriverSweep implements Callable<List<String>> {

    @Override
    public List<String> call() throws SQLException {
        var removed = new ArrayList<String>();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            // The others were registered by the host or by plugins that this one depends on.
            if (driver.getClass().getClassLoader() == DriverSweep.class.getClassLoader()) {
                DriverManager.deregisterDriver(driver);
                removed.add(driver.getClass().getName());
            }
        }
        return removed;
    }
}
