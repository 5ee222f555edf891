package dev.jarway.loader.heap;

import java.util.Arrays;

/** Numbers that are gathered in blocks, then sorted in one array; there are never two copies of all. */
final class Longs {
    private static final int BLOCK = 1 << 16;
    private static final int SECTIONS = 1 << 16;

    private long[][] blocks = new long[16][];
    private long[] sorted = {};
    private int[] sections = {};
    private long first;
    private int shift;
    private int size;

    void add(long value) {
        int block = size / BLOCK;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, block * 2);
        }
        if (size % BLOCK == 0) {
            blocks[block] = new long[BLOCK];
        }
        blocks[block][size++ % BLOCK] = value;
    }

    /** From the smallest on, each once. Nothing can be added any more. */
    void sort() {
        sorted = new long[size];
        for (int from = 0; from < size; from += BLOCK) {
            System.arraycopy(blocks[from / BLOCK], 0, sorted, from, Math.min(BLOCK, size - from));
            blocks[from / BLOCK] = new long[0];
        }
        Arrays.sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        size = kept;
        divide();
    }

    /** Notes where each of many equal sections of the range begins: addresses lie close together, so that few are in one. */
    private void divide() {
        first = size == 0 ? 0 : sorted[0];
        long range = size == 0 ? 0 : sorted[size - 1] - first;
        shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(range) - Integer.numberOfTrailingZeros(SECTIONS));
        sections = new int[SECTIONS + 1];
        int at = 0;
        for (int section = 0; section <= SECTIONS; section++) {
            while (at < size && (sorted[at] - first) >>> shift < section) {
                at++;
            }
            sections[section] = at;
        }
    }

    int size() {
        return size;
    }

    /** Of the sorted ones. */
    long get(int index) {
        return sorted[index];
    }

    /** Where the number is among the sorted ones; negative if it is not there. */
    int find(long value) {
        long section = (value - first) >>> shift;
        return section >= SECTIONS
                ? -1
                : Arrays.binarySearch(sorted, sections[(int) section], sections[(int) section + 1], value);
    }
}
