package dev.jarway.loader.isolation;

import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.PluginDependency;

/**
 * A generation as PF4J sees it. PF4J knows one version of each id, so the id is {@code id@version#n}, and dependencies point to
 * exactly the generations that were chosen.
 */
final class GenerationDescriptor extends DefaultPluginDescriptor {

    GenerationDescriptor(Candidate candidate) {
        setPluginId(candidate.identity().toString());
        setPluginVersion(candidate.identity().version());
        for (var dependency : candidate.dependencies()) {
            addDependency(new Exactly(dependency.identity().toString()));
        }
    }

    // PF4J would take the id apart at its '@'.
    private static final class Exactly extends PluginDependency {
        private final String id;

        Exactly(String id) {
            super("exactly");
            this.id = id;
        }

        @Override
        public String getPluginId() {
            return id;
        }

        @Override
        public String toString() {
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Exactly that && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GenerationDescriptor that && getPluginId().equals(that.getPluginId());
    }

    @Override
    public int hashCode() {
        return getPluginId().hashCode();
    }
}
