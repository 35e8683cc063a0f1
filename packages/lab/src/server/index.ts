export { type LabOptions, type ServedLab, serveLab } from './serve.ts';
