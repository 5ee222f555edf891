package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Semaphore;

/**
 * The search after what holds an object, in a heap dump that is made for it and deleted again. One at a time. While the dump is
 * written the JVM stands still; reading it needs memory for some 30 bytes of each object that refers to others.
 */
public final class HeapSearch {
    /** What directories of dumps are called, so that those of a process that died can be found. */
    public static final String PREFIX = "heap-";

    /** Reading takes less than that part of a dump's size, in memory. */
    private static final int PART = 3;

    private final Path directory;
    private final Semaphore one;

    /** A search that makes its dumps in that directory. */
    public HeapSearch(Path directory) {
        this(directory, new Semaphore(1));
    }

    /** The same, where whoever has the one permit is at it. */
    HeapSearch(Path directory, Semaphore one) {
        this.directory = directory;
        this.one = one;
    }

    /**
     * The shortest way from a root to the object.
     *
     * @throws HeapSearchException if there cannot be a dump, or it cannot be read; the message says why
     */
    public RootPath pathTo(Marked target) {
        if (!one.tryAcquire()) {
            throw new HeapSearchException("heap dump: another one is being made (expected: one at a time)");
        }
        try (var dump = HeapDump.make(directory, PREFIX)) {
            demandMemory(Files.size(dump.file()));
            return search(new HprofFile(dump.file()), target);
        } catch (IOException e) {
            throw new HeapSearchException(String.valueOf(e.getMessage()), e);
        } finally {
            one.release();
        }
    }

    /** Fails if a dump of that size cannot be read with the memory that is free. */
    static void demandMemory(long size) {
        var jvm = Runtime.getRuntime();
        long free = jvm.maxMemory() - jvm.totalMemory() + jvm.freeMemory();
        if (free < size / PART) {
            throw new HeapSearchException("heap dump: of %d MB, and %d MB of memory are free (expected: %d MB)"
                    .formatted(size >> 20, free >> 20, (size / PART) >> 20));
        }
    }

    /** The same in a dump that there is already. */
    static RootPath search(HprofFile file, Marked target) throws IOException {
        var names = Names.of(file);
        int idSize = file.idSize();
        var classes = new Classes(names, target, idSize);
        var census = new ObjectCensus(classes, target);
        file.read(census);
        if (census.found() == 0) {
            return RootPath.GONE;
        }
        Longs objects = census.objects();
        objects.sort();
        var references = new References(classes, objects, idSize);
        file.read(references);
        var way = Ways.to(objects.find(census.found()), references, objects, census.roots());
        return way.isEmpty()
                ? RootPath.UNREACHED
                : named(file, names, classes, census.roots(), idsOf(way.get(), objects), target);
    }

    private static long[] idsOf(int[] way, Longs objects) {
        long[] ids = new long[way.length];
        for (int i = 0; i < way.length; i++) {
            ids[i] = objects.get(way[i]);
        }
        return ids;
    }

    private static RootPath named(HprofFile file, Names names, Classes classes, Roots roots, long[] way, Marked target)
            throws IOException {
        var links = new StepNames(classes, names, way);
        file.read(links);
        var steps = new ArrayList<String>();
        Root first = roots.inOrder().stream()
                .filter(root -> root.id() == way[0])
                .findFirst()
                .orElseThrow();
        steps.add(new RootName(file, names, classes, roots).of(first));
        for (int i = 0; i + 1 < way.length; i++) {
            steps.add(links.of(way[i]));
        }
        steps.add(target.description());
        return new RootPath(true, steps);
    }
}
