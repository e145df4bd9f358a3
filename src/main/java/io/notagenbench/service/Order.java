package io.notagenbench.service;

import io.notagenbench.generate.GenerationSettings;

/**
 * What a request asks for.
 *
 * @param piece      what the piece is made from
 * @param work       the recorded piece that is written, or that the model decides
 * @param characters the most characters of text; 0 = no limit
 * @param seeded     whether the client chose the seed, so that the text can be known already
 * @param echo       whether the prompt's lines are wanted in front of the text
 * @param stream     whether each patch is wanted as it is written
 * @param usage      whether a stream ends with counts and times
 * @param abc        whether the playable ABC is wanted beside the text
 */
record Order(GenerationSettings piece, String work, int characters, boolean seeded, boolean echo, boolean stream, boolean usage,
        boolean abc) {

    /** The prompt's lines. */
    String prompt() {
        return piece.prompt().text();
    }
}
