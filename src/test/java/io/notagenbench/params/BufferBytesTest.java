package io.notagenbench.params;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferBytesTest {

    @Test
    void theDefaultIsEightGibibytesOnACard() {
        assertThat(BufferBytes.of(512, "cpu")).isEqualTo(512L << 20);
        assertThat(BufferBytes.of(512, "cuda:1")).isEqualTo(8L << 30);
    }
}
