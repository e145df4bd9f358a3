package io.notagenbench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run ran on and what was asked of it, as its folder says. Older folders say less, so each fact may be missing.
 *
 * @param facts the content of {@code environment.json}
 */
public record Environment(JsonNode facts) {

    /** Whether the folder has an environment. */
    public boolean isKnown() {
        return !facts.isMissingNode();
    }

    /** When the run began, or went on under these conditions; empty where it is not known. */
    public String started() {
        return facts.path("started").asText();
    }

    /** The commit that the suite was built of. */
    public Optional<String> commit() {
        return Optional.of(facts.path("commit").asText()).filter(commit -> !commit.isEmpty());
    }

    /** The processor in words; empty where it is not known. */
    public String cpu() {
        return facts.at("/host/cpu").asText();
    }

    /** The cores that {@code threads=0} means; 0 where it is not known. */
    public int physicalCores() {
        return facts.at("/host/physicalCores").asInt();
    }

    /** Main memory; 0 where it is not known. */
    public double memoryBytes() {
        return facts.at("/host/memoryBytes").asDouble();
    }

    /** The name of the machine in its network; empty where it is not known. */
    public String hostName() {
        return facts.at("/host/name").asText();
    }

    /** SHA-256 of a model. */
    public Optional<String> modelHash(String model) {
        return Optional.of(facts.path("models").path(model).asText()).filter(hash -> !hash.isEmpty());
    }

    /** Seed of the random order in each round. */
    public OptionalLong orderSeed() {
        return facts.has("orderSeed") ? OptionalLong.of(facts.get("orderSeed").asLong()) : OptionalLong.empty();
    }

    /** What a time may depend on. */
    public Surroundings surroundings() {
        return Surroundings.of(facts);
    }
}
