package io.notagenbench.document;

import java.util.List;

/**
 * A whole report.
 *
 * @param title    what it is about
 * @param subtitle where and when it was measured
 * @param sections in reading order, the answer first
 */
public record Document(String title, String subtitle, List<Section> sections) {

    public Document {
        sections = List.copyOf(sections);
    }

    /** All blocks of one kind that have something to show. */
    public <B extends Block> List<B> blocks(Class<B> kind) {
        return sections.stream().flatMap(section -> section.blocks().stream()).filter(kind::isInstance).map(kind::cast)
                .filter(block -> !block.isEmpty()).toList();
    }
}
