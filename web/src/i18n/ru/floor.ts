export const floor = {
  "floor.agent": "Agent",
  "floor.load": "Load",
};
