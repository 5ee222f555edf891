package dev.jarway.runtime.snapshot;

/**
 * How many requests are under way.
 *
 * @param current on the snapshot in force
 * @param draining on earlier ones
 * @param snapshotsDraining how many earlier ones are still held
 */
public record LeaseFigures(int current, int draining, int snapshotsDraining) {}
