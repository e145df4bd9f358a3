package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThrottleReasonTest {

    @Test
    void bitsHaveTheNamesOfTheHeader() {
        assertThat(ThrottleReason.of(0)).isEmpty();
        assertThat(ThrottleReason.of(0x44)).containsExactlyInAnyOrder(ThrottleReason.SW_POWER_CAP, ThrottleReason.HW_THERMAL_SLOWDOWN);
        assertThat(ThrottleReason.of(0x1ff)).hasSize(ThrottleReason.values().length);
        assertThat(ThrottleReason.of(0x400)).as("a bit of a newer driver").isEmpty();
        assertThat(ThrottleReason.HW_POWER_BRAKE_SLOWDOWN.label()).isEqualTo("hw_power_brake_slowdown");
    }

    @Test
    void idlenessAndChosenClocksAreNoThrottling() {
        assertThat(ThrottleReason.of(0x103)).noneMatch(ThrottleReason::slowsWorkDown);
        assertThat(ThrottleReason.of(0xfc)).allMatch(ThrottleReason::slowsWorkDown);
    }
}
