package io.notagenbench.device.cuda;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a card's clocks are not higher: the bits of {@code nvmlClocksThrottleReasons} in nvml.h. */
public enum ThrottleReason {
    /** Nothing runs. */
    GPU_IDLE(0x1, false),
    /** Somebody has fixed the clocks. */
    APPLICATIONS_CLOCKS_SETTING(0x2, false),
    /** The power limit of the card's settings. */
    SW_POWER_CAP(0x4, true),
    /** The card itself halves its clocks or more, for heat or power. */
    HW_SLOWDOWN(0x8, true),
    /** It follows the slowest of a group of cards. */
    SYNC_BOOST(0x10, true),
    /** Too hot for full clocks. */
    SW_THERMAL_SLOWDOWN(0x20, true),
    /** Far too hot. */
    HW_THERMAL_SLOWDOWN(0x40, true),
    /** The power supply asks for less. */
    HW_POWER_BRAKE_SLOWDOWN(0x80, true),
    /** Clocks that a display can follow. */
    DISPLAY_CLOCK_SETTING(0x100, false);

    private final long bit;
    private final boolean slower;

    ThrottleReason(long bit, boolean slower) {
        this.bit = bit;
        this.slower = slower;
    }

    /** The reasons of a mask; bits of newer drivers are passed over. */
    public static Set<ThrottleReason> of(long mask) {
        EnumSet<ThrottleReason> reasons = EnumSet.noneOf(ThrottleReason.class);
        Arrays.stream(values()).filter(reason -> (mask & reason.bit) != 0).forEach(reasons::add);
        return reasons;
    }

    /** Whether the same work would take less time without it: neither idleness nor a chosen clock. */
    public boolean slowsWorkDown() {
        return slower;
    }

    /** {@code sw_power_cap}: a name that JMH's result files take. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
