package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Handlers, filters and levels of {@code java.util.logging} whose class is a plugin's. They are taken off their loggers. */
final class JulLoggers implements Place {

    @Override
    public String kind() {
        return "jul-logger";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        if (!suspect.knows("java.util.logging.Logger")) {
            return List.of();
        }
        var cleaned = new ArrayList<String>();
        var manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger != null) {
                clean(suspect, logger, "logger '" + name + "'", cleaned);
            }
        }
        return cleaned;
    }

    private static void clean(Suspect suspect, Logger logger, String name, List<String> cleaned) {
        for (Handler handler : logger.getHandlers()) {
            if (suspect.owns(handler)) {
                logger.removeHandler(handler);
                cleaned.add(name + ": handler " + handler.getClass().getName());
            }
        }
        var filter = logger.getFilter();
        if (filter != null && suspect.owns(filter)) {
            logger.setFilter(null);
            cleaned.add(name + ": filter " + filter.getClass().getName());
        }
        var level = logger.getLevel();
        if (level != null && suspect.owns(level)) {
            logger.setLevel(null);
            cleaned.add(name + ": level " + level.getClass().getName());
        }
    }
}
