class FrontdeskWidget extends HTMLElement {}

customElements.define("frontdesk-widget", FrontdeskWidget);

export {};
