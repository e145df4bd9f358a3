package io.notagenbench.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.engine.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The switch itself, which PyTorch has without a card, too. */
class Tf32Test {

    @BeforeEach
    void start() {
        PyTorchEngine.start("PyTorch", Device.CPU);
    }

    @AfterEach
    void off() {
        Tf32.allow(false);
    }

    @Test
    void isOffUntilItIsAskedForAndCanBeSwitchedOffAgain() {
        assertThat(Tf32.isAllowed()).isFalse();
        Tf32.allow(true);
        assertThat(Tf32.isAllowed()).isTrue();
        Tf32.allow(true);
        assertThat(Tf32.isAllowed()).isTrue();
        Tf32.allow(false);
        assertThat(Tf32.isAllowed()).isFalse();
    }
}
