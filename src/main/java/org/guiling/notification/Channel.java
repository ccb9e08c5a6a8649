package org.guiling.notification;

import java.util.Locale;

/** A way out of the house. A bean of this type exists only where the channel is switched on. */
public sealed interface Channel permits PersonalChannel, GroupChannel {

    ChannelName name();

    /** The language of the channel's messages, or null for that of all notifications. */
    Locale language();
}
