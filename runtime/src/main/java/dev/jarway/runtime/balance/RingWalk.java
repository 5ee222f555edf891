package dev.jarway.runtime.balance;

/** The candidate that a caller's key belongs to; for a request without a key, one at random. */
record RingWalk(HashRing ring, WeightedDraw draw) implements Balancer {

    @Override
    public Candidate next(Pick pick) {
        return pick.key().isPresent() ? ring.find(pick.key().getAsLong(), pick) : draw.next(pick);
    }
}
