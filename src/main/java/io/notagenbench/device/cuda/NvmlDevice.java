package io.notagenbench.device.cuda;

import java.util.List;

/**
 * What NVIDIA's management library tells of one card. Asking makes no context, and disturbs what runs there little.
 * Every method throws a {@link io.notagenbench.fault.Fault} (failed) where the card does not tell.
 */
public interface NvmlDevice {

    /** Name of the card. */
    String name();

    /** Memory of the whole card, whoever holds it. */
    DeviceMemory memory();

    /** Who computes on it, this process among them if it does. */
    List<ComputeProcess> processes();

    /** Share of the last moments in which a kernel ran, in percent. */
    int utilisationPercent();

    /** Energy since the driver was loaded, in millijoules; from Volta on. */
    long energyMillijoules();

    /** Power that it draws, in milliwatts. */
    long powerMilliwatts();

    /** Clock of its multiprocessors in MHz. */
    int smMegahertz();

    /** Clock of its memory in MHz. */
    int memoryMegahertz();

    /** Temperature of the chip in degrees Celsius. */
    int celsius();

    /** Why its clocks are not higher, as {@link ThrottleReason} decodes it. */
    long throttleReasons();
}
