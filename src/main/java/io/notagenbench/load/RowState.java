package io.notagenbench.load;

/** What a row is good for. */
public enum RowState {
    /** Its numbers hold for as long as the load goes on. */
    OK,
    /** The server falls further behind the longer the load goes on, so its times are those of this length of load alone. */
    SATURATED,
    /** Requests were sent too late for their times to be those of the server. */
    LOAD_GENERATOR_LATE,
    /** A text is not the one that the engine writes alone. */
    WRONG_OUTPUT,
    /** No request got a whole text. */
    ERROR
}
