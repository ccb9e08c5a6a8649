package org.guiling.notification.channel;

import java.util.Map;
import org.guiling.notification.Message;

/** The formats of a robot's message. */
enum MessageType {
    TEXT {
        @Override
        Map<String, Object> wecom(Message message) {
            return Map.of("msgtype", "text", "text", Map.of("content", message.text()));
        }

        @Override
        Map<String, Object> dingtalk(Message message) {
            return wecom(message);
        }
    },
    MARKDOWN {
        @Override
        Map<String, Object> wecom(Message message) {
            return Map.of("msgtype", "markdown", "markdown", Map.of("content", message.markdown()));
        }

        @Override
        Map<String, Object> dingtalk(Message message) {
            return Map.of(
                    "msgtype", "markdown", "markdown", Map.of("title", message.subject(), "text", message.markdown()));
        }
    };

    abstract Map<String, Object> wecom(Message message);

    abstract Map<String, Object> dingtalk(Message message);
}
