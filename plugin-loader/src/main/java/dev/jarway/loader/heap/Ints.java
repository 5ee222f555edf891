package dev.jarway.loader.heap;

import java.util.Arrays;

/** Numbers, more and more of them, in blocks, so that there is never a second copy of all. */
final class Ints {
    private static final int BITS = 16;
    private static final int BLOCK = 1 << BITS;

    private int[][] blocks = new int[16][];
    private int size;

    void add(int value) {
        int block = size >> BITS;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, block * 2);
        }
        if ((size & (BLOCK - 1)) == 0) {
            blocks[block] = new int[BLOCK];
        }
        blocks[block][size++ & (BLOCK - 1)] = value;
    }

    void set(int index, int value) {
        blocks[index >> BITS][index & (BLOCK - 1)] = value;
    }

    int get(int index) {
        return blocks[index >> BITS][index & (BLOCK - 1)];
    }

    int size() {
        return size;
    }
}
