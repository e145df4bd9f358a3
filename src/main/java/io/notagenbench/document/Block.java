package io.notagenbench.document;

/** What a section is made of. */
public sealed interface Block permits Prose, Tiles, Table, Chart, Facts, Score {

    /** Whether there is nothing to show. */
    boolean isEmpty();
}
