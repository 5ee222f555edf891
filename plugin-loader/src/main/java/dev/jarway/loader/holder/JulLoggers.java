package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Handlers, filters and levels of {@code java.util.logging} whose class is a plugin's. They are taken off their loggers. What a
 * handler of the JDK's has of a plugin's is taken off that handler. A logger's resource bundle cannot be taken off it.
 */
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
            } else {
                clean(suspect, handler, name, cleaned);
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

    private static void clean(Suspect suspect, Handler handler, String name, List<String> cleaned) {
        var formatter = handler.getFormatter();
        if (formatter != null && suspect.owns(formatter)) {
            handler.setFormatter(new SimpleFormatter());
            cleaned.add(name + ": formatter " + formatter.getClass().getName());
        }
        var filter = handler.getFilter();
        if (filter != null && suspect.owns(filter)) {
            handler.setFilter(null);
            cleaned.add(name + ": filter of a handler " + filter.getClass().getName());
        }
        if (suspect.owns(handler.getErrorManager())) {
            String errorManager = handler.getErrorManager().getClass().getName();
            handler.setErrorManager(new ErrorManager());
            cleaned.add(name + ": error manager " + errorManager);
        }
    }

    @Override
    public List<String> find(Suspect suspect) {
        var found = new ArrayList<String>();
        var manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            var bundle = logger == null ? null : logger.getResourceBundle();
            if (bundle != null && suspect.owns(bundle)) {
                found.add("logger '" + name + "': resource bundle "
                        + bundle.getClass().getName());
            }
        }
        return found;
    }
}
