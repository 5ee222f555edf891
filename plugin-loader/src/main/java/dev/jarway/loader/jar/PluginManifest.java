package dev.jarway.loader.jar;

import com.github.zafarkhaja.semver.Version;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.jar.Attributes;
import java.util.regex.Pattern;

/** What a JAR's manifest says about the plugin, attribute by attribute. */
final class PluginManifest {
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");
    private static final int MAX_ID = 64;
    private static final int MAX_VERSION = 128;
    private static final Pattern BARE_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final String DEPENDENCIES = "Plugin-Dependencies";

    private final String jar;
    private final Attributes attributes;

    PluginManifest(String jar, Attributes attributes) {
        this.jar = jar;
        this.attributes = attributes;
    }

    String id() {
        String id = required("Plugin-Id");
        checkId("Plugin-Id", id);
        return id;
    }

    String version() {
        String version = required("Plugin-Version");
        if (version.length() > MAX_VERSION || !Version.isValid(version)) {
            throw invalid("Plugin-Version", version, "a semantic version, as in 1.2.0");
        }
        return version;
    }

    /** The range of the contract's version, which the contract that is here lies in. */
    String requires() {
        String requires = optional("Plugin-Requires");
        if (requires.isEmpty()) {
            return "*";
        }
        // As PF4J has it: a bare version means that one and later.
        String range = BARE_VERSION.matcher(requires).matches() ? ">=" + requires : requires;
        if (!range("Plugin-Requires", range).contains(Contract.VERSION)) {
            throw new PluginRefusedException(
                    jar,
                    Reason.CONTRACT_UNSATISFIED,
                    "Plugin-Requires is '" + requires + "'",
                    "a range with " + Contract.VERSION + ", the version of this gateway's contract");
        }
        return requires;
    }

    /** PF4J's syntax: {@code id@range, other?@range}, a question mark for those it can do without. */
    List<PluginRequirement> dependencies(String ownId) {
        var dependencies = new ArrayList<PluginRequirement>();
        var seen = new HashSet<String>();
        seen.add(ownId);
        for (String text : optional(DEPENDENCIES).split(",", -1)) {
            if (text.isBlank()) {
                continue;
            }
            var dependency = dependency(text.strip());
            if (!seen.add(dependency.id())) {
                throw invalid(DEPENDENCIES, text.strip(), "other plugins, each once");
            }
            dependencies.add(dependency);
        }
        return dependencies;
    }

    String description() {
        return optional("Plugin-Description");
    }

    String provider() {
        return optional("Plugin-Provider");
    }

    private PluginRequirement dependency(String text) {
        int at = text.indexOf('@');
        String id = at < 0 ? text : text.substring(0, at).strip();
        String range =
                at < 0 || at == text.length() - 1 ? "*" : text.substring(at + 1).strip();
        boolean optional = id.endsWith("?");
        String plainId = optional ? id.substring(0, id.length() - 1) : id;
        checkId(DEPENDENCIES, plainId);
        range(DEPENDENCIES, range);
        return new PluginRequirement(plainId, range, optional);
    }

    private void checkId(String attribute, String id) {
        if (id.length() > MAX_ID || !ID.matcher(id).matches()) {
            throw invalid(attribute, id, "up to 64 of a-z, 0-9, '.' and '-', beginning and ending with a-z or 0-9");
        }
    }

    private VersionRange range(String attribute, String range) {
        try {
            return VersionRange.parse(range);
        } catch (IllegalArgumentException e) {
            throw invalid(attribute, range, "a range of versions, as in '>=1.2.0 & <2.0.0'");
        }
    }

    private String required(String attribute) {
        String value = optional(attribute);
        if (value.isEmpty()) {
            throw new PluginRefusedException(
                    jar, Reason.INVALID_ATTRIBUTE, "no " + attribute + " in META-INF/MANIFEST.MF", "one");
        }
        return value;
    }

    private String optional(String attribute) {
        String value = attributes.getValue(attribute);
        return value == null ? "" : value.strip();
    }

    private PluginRefusedException invalid(String attribute, String found, String expected) {
        return new PluginRefusedException(jar, Reason.INVALID_ATTRIBUTE, attribute + " is '" + found + "'", expected);
    }
}
