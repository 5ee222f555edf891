package dev.jarway.runtime.balance;

/** The candidate that a caller's key belongs to; for a request without a key, one at random. */
record PlacedDraw(CallerPlaces places, WeightedDraw draw) implements Balancer {

    @Override
    public Candidate next(Pick pick) {
        return pick.key().isPresent() ? places.find(pick.key().getAsLong(), pick) : draw.next(pick);
    }
}
