package io.notagenbench.document;

import java.util.List;

/**
 * Names and their values.
 *
 * @param facts in order
 */
public record Facts(List<Fact> facts) implements Block {

    /** One of them. */
    public record Fact(String name, String value) {
    }

    public Facts {
        facts = List.copyOf(facts);
    }

    @Override
    public boolean isEmpty() {
        return facts.isEmpty();
    }
}
