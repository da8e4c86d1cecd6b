import { chatCompletions } from '../../src/endpoint/protocol/chat-completions/protocol.ts';
import { messages } from '../../src/endpoint/protocol/messages/protocol.ts';
import { responses } from '../../src/endpoint/protocol/responses/protocol.ts';
import { placed } from '../../src/endpoint/recording/place.ts';
import { createRecorder, recording } from '../../src/endpoint/recording/record.ts';
import { sse } from '../../src/endpoint/transport/sse.ts';
import { websocket } from '../../src/endpoint/transport/websocket/websocket.ts';
import { anEndpointDescription } from '../support/recordings.ts';
import { startSseServer, startWebSocketServer } from '../support/scripted-server.ts';
import { chatWire } from '../support/wire/chat-wire.ts';
import { messagesWire } from '../support/wire/messages-wire.ts';
import { responsesWire } from '../support/wire/responses-wire.ts';
import { endpointContract } from './endpoint.contract.ts';

endpointContract('Chat Completions over SSE', {
  parts: { protocol: chatCompletions, transport: sse },
  wire: chatWire,
  start: startSseServer,
});

endpointContract('Responses over SSE', {
  parts: { protocol: responses, transport: sse },
  wire: responsesWire,
  start: startSseServer,
});

endpointContract('Responses over WebSocket', {
  parts: { protocol: responses, transport: websocket },
  wire: responsesWire,
  start: startWebSocketServer,
});

endpointContract('Messages over SSE', {
  parts: { protocol: messages, transport: sse },
  wire: messagesWire,
  start: startSseServer,
});

const endpoint = anEndpointDescription;

endpointContract('Chat Completions over SSE, recorded', {
  parts: {
    protocol: (options) => placed(chatCompletions(options)),
    transport: (options) => recording(sse(options), { recorder: createRecorder(), endpoint }),
  },
  wire: chatWire,
  start: startSseServer,
});

endpointContract('Responses over WebSocket, recorded', {
  parts: {
    protocol: (options) => placed(responses(options)),
    transport: (options) => recording(websocket(options), { recorder: createRecorder(), endpoint }),
  },
  wire: responsesWire,
  start: startWebSocketServer,
});
