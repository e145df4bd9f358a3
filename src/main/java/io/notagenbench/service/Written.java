package io.notagenbench.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A text as it was written: what a cache keeps.
 *
 * @param patches the characters of each patch, the end patch included
 * @param ended   whether the model ended it; false where a limit did
 */
record Written(@JsonProperty(required = true) List<String> patches, @JsonProperty(required = true) boolean ended) {

    Written {
        patches = List.copyOf(patches);
    }

    int characters() {
        return patches.stream().mapToInt(String::length).sum();
    }
}
