package dev.jarway.loader.isolation;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/**
 * The JDK's {@code jar:} protocol without its cache. The cache is the whole process's, and would keep the file of an unloaded
 * plugin open for ever.
 */
final class UncachedHandler extends URLStreamHandler {

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        var connection = URI.create(url.toExternalForm()).toURL().openConnection();
        connection.setUseCaches(false);
        return connection;
    }
}
