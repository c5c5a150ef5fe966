package carillon.lists;

import carillon.events.Events;
import carillon.platform.Ids;
import carillon.profiles.Consents;
import carillon.profiles.Identities;
import carillon.profiles.PushTokens;
import java.time.Clock;

/** All that is written in when somebody subscribes or leaves. */
public record Registers(
    Clock clock,
    Ids ids,
    Identities identities,
    Consents consents,
    PushTokens tokens,
    Events events,
    Lists lists) {}
