package io.notagenbench.results;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line of {@code forks.jsonl}: a fork has begun, or it has ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(BegunFork.class), @JsonSubTypes.Type(ForkRow.class)})
public sealed interface ForkLine permits BegunFork, ForkRow {

    /** Of the cell in the plan. */
    int number();

    /** Of the fork, from 1. */
    int round();
}
